//! nginx as `deploy/nginx/waymark.conf` sets it up, before replicas on this machine and without TLS.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::bot::{Bot, Setup};
use super::watch::PATIENCE;

const PROGRAM: &str = "/usr/sbin/nginx";
const EXAMPLE: &str = "deploy/nginx/waymark.conf";

/// A running nginx; it is killed when dropped.
pub struct Proxy {
    pub address: SocketAddr,
    nginx: Bot,
    _folder: TempDir,
}

impl Proxy {
    /// Starts it before these replicas.
    pub fn start(replicas: &[SocketAddr]) -> Self {
        assert!(
            Path::new(PROGRAM).exists(),
            "this test needs nginx ({PROGRAM}): install Debian's package nginx-light, as .ci/deploy does"
        );
        // nginx cannot be given a port that the system chooses; one that is taken in between is tried again.
        for _ in 0..5 {
            if let Some(proxy) = Self::try_start(replicas) {
                return proxy;
            }
        }
        panic!("nginx found no free port");
    }

    fn try_start(replicas: &[SocketAddr]) -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().display();
        let file = folder.path().join("nginx.conf");
        let configuration = format!(
            "daemon off; master_process off; pid {path}/pid; error_log stderr warn;\n\
             events {{ worker_connections 512; }}\n\
             http {{\n\
             access_log off; client_body_temp_path {path}/body; proxy_temp_path {path}/proxy;\n\
             fastcgi_temp_path {path}/fastcgi; uwsgi_temp_path {path}/uwsgi; scgi_temp_path {path}/scgi;\n\
             {}\n}}\n",
            site(address, replicas)
        );
        fs::write(&file, configuration).expect("a file");
        drop(free);
        let file = file.to_str().expect("a temporary folder's name is text");
        let mut nginx = Setup::program(Path::new(PROGRAM), &["-c", file]).start();
        let deadline = Instant::now() + PATIENCE;
        while nginx.is_running() {
            assert!(Instant::now() < deadline, "nginx does not listen");
            if TcpStream::connect(address).is_ok() {
                return Some(Self {
                    address,
                    nginx,
                    _folder: folder,
                });
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let printed = nginx.printed();
        assert!(printed.contains("Address already in use"), "{printed}");
        None
    }

    /// What it has printed.
    pub fn printed(&self) -> String {
        self.nginx.printed()
    }
}

/// The example, with the addresses of this test in the place of those that it names.
fn site(address: SocketAddr, replicas: &[SocketAddr]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE);
    let mut example = fs::read_to_string(path).expect("the example is there");
    let server = "server endpoint:8080";
    let line = example
        .lines()
        .find(|line| line.contains(server))
        .expect("it names the replicas")
        .to_owned();
    let lines: Vec<String> = replicas
        .iter()
        .map(|replica| line.replace(server, &format!("server {replica}")))
        .collect();
    for (there, here) in [
        (line.as_str(), lines.join("\n").as_str()),
        ("listen 443 ssl;", &format!("listen {address};")),
        ("ssl_certificate /etc/nginx/certificates/fullchain.pem;", ""),
        (
            "ssl_certificate_key /etc/nginx/certificates/privkey.pem;",
            "",
        ),
        ("ssl_protocols TLSv1.2 TLSv1.3;", ""),
    ] {
        assert!(example.contains(there), "{there:?} is not in {EXAMPLE}");
        example = example.replace(there, here);
    }
    example
}
