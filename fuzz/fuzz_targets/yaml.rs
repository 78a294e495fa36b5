//! Hands what the fuzzer makes up to `ghagen_fuzz::yaml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ghagen_fuzz::yaml::run(data));
