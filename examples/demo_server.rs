//! Serves a demo account on loopback until it is killed: for benches, for botocore, and for looking at.
//!
//! `cargo run --example demo_server -- --port 4566 --functions 5000 --latency-ms 80 --rate 15`
//! `cargo run --example demo_server -- --log-rate 10000 --log-past 100`: a function `flood` that logs so much

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use clap::Parser;
use lambdash::demo::{self, Demo, FunctionSeed};

#[expect(dead_code, reason = "stopping and starting again is for the tests")]
#[path = "../tests/support/server.rs"]
mod server;

/// Serves a demo account over HTTP on 127.0.0.1.
#[derive(Parser)]
struct Arguments {
    /// The port; 0 is any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How many plain functions, or `showcase` for the account of `--demo`.
    #[arg(long, default_value = "showcase")]
    functions: String,
    /// Milliseconds that every answer takes; the showcase has 80 unless told, other accounts none.
    #[arg(long)]
    latency_ms: Option<u64>,
    /// Requests per second above which all but invocations are throttled.
    #[arg(long)]
    rate: Option<f64>,
    /// How many requests may come at once under `--rate`.
    #[arg(long, default_value_t = 15)]
    burst: u32,
    /// Lines per second that a function `flood` logs from now on.
    #[arg(long)]
    log_rate: Option<u32>,
    /// Seconds since it has been logging.
    #[arg(long, default_value_t = 0)]
    log_past: i64,
}

#[expect(clippy::print_stdout, reason = "whoever starts it reads the address there")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let clock: demo::Clock = Arc::new(Utc::now);
    let demo = match arguments.functions.as_str() {
        "showcase" => Demo::account(clock),
        number => Demo::with_functions(clock, number.parse()?),
    };
    if let Some(milliseconds) = arguments.latency_ms {
        demo.latency(Duration::from_millis(milliseconds));
    }
    demo.rate_limit(arguments.rate, arguments.burst);
    if let Some(rate) = arguments.log_rate {
        demo.put_function(FunctionSeed::named("flood"));
        let from = Utc::now() - TimeDelta::seconds(arguments.log_past);
        demo.flood("/aws/lambda/flood", "2026/11/21/[$LATEST]f100d", from, rate);
    }
    let server = server::Server::start_at(demo, arguments.port).await?;
    println!("listening on {}", server.url);
    std::future::pending::<()>().await;
    Ok(())
}
