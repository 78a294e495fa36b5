//! Hands what the fuzzer makes up to `ghagen_fuzz::lock`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ghagen_fuzz::lock::run(data));
