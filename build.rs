//! How the program is linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |variable: &str, value: &str| std::env::var(variable).is_ok_and(|set| set == value);
    // A position-independent program begins by correcting 67,000 addresses, which takes a millisecond, a quarter of the
    // time to the first frame, and a megabyte that would else be shared. At a fixed place there is nothing to
    // correct; stack, heap and libraries stay at places that nobody can guess.
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bin=lambdash=-no-pie");
    }
}
