//! What the kernel says a process uses.

use std::fs;

/// Anonymous and shared resident memory in KiB: what the desk itself holds, the page cache of its files left out.
pub fn resident_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    ["RssAnon:", "RssShmem:"]
        .iter()
        .filter_map(|field| {
            let line = status.lines().find(|line| line.starts_with(field))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .sum()
}

/// Processor time used so far, user and system, in clock ticks (100 a second on Linux).
pub fn cpu_ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    // Fields 14 and 15 of proc(5); the name and the pid are cut off before.
    [11, 12].iter().filter_map(|&index| fields.get(index)?.parse::<u64>().ok()).sum()
}
