//! Hands what the fuzzer makes up to `ghagen_fuzz::manifest`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ghagen_fuzz::manifest::run(data));
