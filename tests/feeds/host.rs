//! A web host on 127.0.0.1 that answers as a test tells it, wrongly too.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// How long a slow host sleeps between two bytes.
const SLOWNESS: Duration = Duration::from_millis(200);

/// The host. Its threads end with the test program.
#[derive(Clone)]
pub struct Host {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
}

#[derive(Default)]
struct World {
    answers: HashMap<String, Vec<Answer>>,
    asked: Vec<Asked>,
    sent: u64,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub target: String,
    /// Names in small letters.
    pub headers: HashMap<String, String>,
}

/// What a host does.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A whole answer.
    Whole {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// Says that more comes than does.
    Cut(Vec<u8>),
    /// A byte now and then.
    Slow,
    /// So many megabytes of spaces, packed in chunks.
    Endless(u64),
    /// The same, so small that it is not seen until it is unpacked.
    Bomb(Vec<u8>),
}

impl Answer {
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200, body)
    }

    pub fn status(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Whole {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub fn redirect(to: &str) -> Self {
        Self::status(302, "").with("Location", to)
    }

    pub fn with(self, name: &str, value: &str) -> Self {
        let Self::Whole {
            status,
            mut headers,
            body,
        } = self
        else {
            panic!("only a whole answer has headers")
        };
        headers.push((name.to_owned(), value.to_owned()));
        Self::Whole {
            status,
            headers,
            body,
        }
    }
}

impl Host {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let host = Self {
            address: listener.local_addr().unwrap(),
            world: Arc::default(),
        };
        let serving = host.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let host = serving.clone();
                // Whoever hangs up early has had enough.
                thread::spawn(move || drop(host.serve(stream)));
            }
        });
        host
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on the path is answered so: one after the other, the last for ever.
    pub fn on(&self, target: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        self.world().answers.insert(target.to_owned(), answers);
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.world().asked.clone()
    }

    /// The targets that were asked, and forgets them.
    pub fn take_targets(&self) -> Vec<String> {
        let asked = std::mem::take(&mut self.world().asked);
        asked.into_iter().map(|asked| asked.target).collect()
    }

    /// How many bytes of bodies went out.
    pub fn sent(&self) -> u64 {
        self.world().sent
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let asked = read_request(&stream)?;
        let answer = {
            let mut world = self.world();
            let answers = world.answers.get_mut(&asked.target);
            let answer = answers.and_then(|answers| match answers.len() {
                0 => None,
                1 => answers.first().cloned(),
                _ => answers.pop(),
            });
            world.asked.push(asked);
            answer.unwrap_or_else(|| Answer::status(404, "not found"))
        };
        match answer {
            Answer::Whole {
                status,
                headers,
                body,
            } => {
                let mut head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n",
                    body.len()
                );
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                stream.write_all(format!("{head}\r\n").as_bytes())?;
                stream.write_all(&body)?;
                self.world().sent += body.len() as u64;
            }
            Answer::Cut(body) => {
                let more = body.len() + 100;
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {more}\r\n\r\n");
                stream.write_all(head.as_bytes())?;
                stream.write_all(&body)?;
            }
            Answer::Slow => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")?;
                loop {
                    stream.write_all(b" ")?;
                    stream.flush()?;
                    thread::sleep(SLOWNESS);
                }
            }
            Answer::Endless(megabytes) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                let chunk = [b"100000\r\n", vec![b' '; 1 << 20].as_slice(), b"\r\n"].concat();
                for _ in 0..megabytes {
                    stream.write_all(&chunk)?;
                    self.world().sent += 1 << 20;
                }
                stream.write_all(b"0\r\n\r\n")?;
            }
            Answer::Bomb(packed) => {
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                    packed.len()
                );
                stream.write_all(head.as_bytes())?;
                stream.write_all(&packed)?;
            }
        }
        stream.flush()
    }
}

fn read_request(stream: &TcpStream) -> std::io::Result<Asked> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(100_000)).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Ok(Asked { target, headers })
}
