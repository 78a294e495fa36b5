//! A made-up release, and a server on the loopback interface that hands it out.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// Files that a web server hands out.
pub(super) struct Served {
    folder: TempDir,
    address: String,
}

impl Served {
    /// Starts the server. It ends with the process.
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let root = folder.path().to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away early is its own affair.
                let _ = answer(&root, stream);
            }
        });
        Self { folder, address }
    }

    /// The address of a folder.
    pub(super) fn address(&self, folder: &str) -> String {
        format!("{}/{folder}", self.address)
    }

    /// A file that is handed out.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A release with one archive: what is in it, as path and content; a content that starts with `-> ` is a link.
    pub(super) fn release(&self, folder: &str, top: &str, archive: &str, contents: &[(&str, &str)]) {
        let tree = tempfile::tempdir().unwrap();
        for (path, content) in contents {
            let path = tree.path().join(top).join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            if let Some(target) = content.strip_prefix("-> ") {
                symlink(target, path).unwrap();
            } else {
                fs_err::write(&path, content).unwrap();
                let mode = if path.to_str().unwrap().contains("bin/") { 0o755 } else { 0o644 };
                fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
            }
        }
        fs_err::create_dir_all(self.file(folder)).unwrap();
        let script = r#"tar --create --directory "$1" --sort=name --owner=0 --group=0 --numeric-owner --format=posix -- "$2" |
            zstd --quiet --force -o "$3" && cd "${3%/*}" && sha256sum -- *.tar.zst >checksums.txt"#;
        let status = Command::new("bash")
            .args(["-euo", "pipefail", "-c", script, "bash"])
            .arg(tree.path())
            .arg(top)
            .arg(self.file(folder).join(archive))
            .status();
        assert!(status.unwrap().success());
    }
}

fn answer(root: &Path, mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
    match fs_err::read(root.join(path)) {
        Ok(body) => {
            write!(stream, "HTTP/1.0 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
            stream.write_all(&body)
        }
        Err(_) => write!(stream, "HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}
