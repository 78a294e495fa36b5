//! Hands what the fuzzer makes up to `ghagen_fuzz::spec`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ghagen_fuzz::spec::run(data));
