//! The knowledge base and the preview's page are part of the binary: building again when one of their files changes.

fn main() {
    println!("cargo:rerun-if-changed=knowledge");
    println!("cargo:rerun-if-changed=src/preview/assets");
}
