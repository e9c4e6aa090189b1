//! The knowledge base is part of the binary: building again when one of its files changes.

fn main() {
    println!("cargo:rerun-if-changed=knowledge");
}
