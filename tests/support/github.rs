//! GitHub's API on the loopback device, as far as our scripts use it: releases, runs, issues. With faults on request.
//!
//! gh speaks to it in plain HTTP, as to any proxy. It holds to what GitHub does where that matters for us: drafts are seen by who may
//! write only, several drafts may have one tag, one release may, and a draft that is changed without its tag loses it.

mod answer;
mod api;
mod http;

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    process::Command,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

pub(crate) use api::State;
pub(crate) use http::Request;

/// The repository that it holds.
pub(crate) const REPOSITORY: &str = "o/r";

/// A token that may only read. Every other one may write.
pub(crate) const READER: &str = "a-token-that-may-only-read";

/// What happens to a request instead of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing: it is answered.
    None,
    /// It is refused with this status, and nothing is done.
    Status(u16),
    /// The connection ends, and nothing is done.
    CutBefore,
    /// It is done, and the connection ends without an answer.
    CutAfter,
}

/// Decides about the n-th request, counted from 1.
pub(crate) type Faults = Box<dyn FnMut(usize, &Request) -> Fault + Send>;

/// The server. It ends with the value.
pub(crate) struct GitHub {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Lets a request pass, or makes it wait. Several requests may wait at once.
type Gate = Arc<dyn Fn(&Request) + Send + Sync>;

struct Shared {
    state: Mutex<State>,
    gate: Mutex<Gate>,
    faults: Mutex<Faults>,
    seen: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl GitHub {
    /// Starts one that holds nothing.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            state: Mutex::new(State::default()),
            gate: Mutex::new(Arc::new(|_| ())),
            faults: Mutex::new(Box::new(|_, _| Fault::None)),
            seen: Mutex::new(Vec::new()),
            is_over: AtomicBool::new(false),
        });
        let thread = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || http::serve(&listener, &shared)
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// The environment in which gh speaks to it, with a token that may write.
    pub(crate) fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("http_proxy", format!("http://{}", self.address)),
            ("GH_HOST", "github.localhost".to_owned()),
            ("GH_TOKEN", "a-token-that-may-write".to_owned()),
            ("REPOSITORY", REPOSITORY.to_owned()),
        ]
    }

    /// The same for a command.
    pub(crate) fn reached_by<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.environment())
    }

    /// What it holds.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap()
    }

    /// From now on, requests are counted anew and these faults happen.
    pub(crate) fn set_faults(&self, faults: impl FnMut(usize, &Request) -> Fault + Send + 'static) {
        self.shared.seen.lock().unwrap().clear();
        *self.shared.faults.lock().unwrap() = Box::new(faults);
    }

    /// From now on, every request passes this gate before it is answered.
    pub(crate) fn set_gate(&self, gate: impl Fn(&Request) + Send + Sync + 'static) {
        *self.shared.gate.lock().unwrap() = Arc::new(gate);
    }

    /// From now on, requests are counted anew and no fault happens.
    pub(crate) fn heal(&self) {
        self.set_faults(|_, _| Fault::None);
    }

    /// The requests since the faults were set: `POST releases`, without the repository before it.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.seen.lock().unwrap().clone()
    }
}

impl Drop for GitHub {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
