//! A linear separator by dual coordinate descent (Hsieh and others, 2008) on the squared hinge loss.
//!
//! What enters: examples as sparse vectors with a target and a weight. What leaves: a weight a feature, and a bias. The order
//! of the visits is drawn from a fixed seed.

/// How a head is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What an error costs, against the size of the weights.
    pub cost: f32,
    /// How far the two classes are balanced: 0 as they come, 1 both weigh the same.
    pub balance: f32,
    /// Whether features are scaled by how much they tell of the class before training.
    pub tells: bool,
    /// How often every example is visited.
    pub rounds: usize,
    /// What bias and calibration are fitted for.
    pub aim: super::Aim,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cost: 0.3, balance: 1.0, tells: false, rounds: 12, aim: super::Aim::MacroF1 }
    }
}

/// One example as the solver sees it.
pub struct Example<'a> {
    /// Feature and value, in the order of the features.
    pub features: &'a [(u32, f32)],
    pub target: bool,
    pub weight: f32,
}

/// The value of the feature that every example has.
const CONSTANT: f32 = 1.0;
/// Added to every count of a feature before its telling is computed.
const SMOOTHING: f64 = 1.0;
const SEED: u64 = 0x5DEE_CE66_D1CE_4E5B;

/// The weights of `features` features and the bias.
pub fn solve(examples: &[Example<'_>], settings: &Settings, features: usize) -> (Vec<f32>, f32) {
    let costs = costs(examples, settings);
    let scale: Vec<f32> = if settings.tells { tellings(examples, features) } else { vec![1.0; features] };
    let mut weights = vec![0.0_f32; features];
    let mut bias = 0.0_f32;
    let mut duals = vec![0.0_f32; examples.len()];
    let norms: Vec<f32> = examples
        .iter()
        .map(|example| {
            let sum: f32 = example.features.iter().map(|(at, value)| value * value * scale[*at as usize]).sum();
            sum + CONSTANT * CONSTANT
        })
        .collect();
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = SEED;
    for _ in 0..settings.rounds {
        shuffle(&mut order, &mut random);
        for &at in &order {
            let at = at as usize;
            let example = &examples[at];
            if costs[at] <= 0.0 {
                continue;
            }
            let sign = if example.target { 1.0 } else { -1.0 };
            let score: f32 = example.features.iter().map(|(at, value)| weights[*at as usize] * value).sum();
            let diagonal = 0.5 / costs[at];
            let gradient = sign * (score + bias * CONSTANT) - 1.0 + diagonal * duals[at];
            let dual = (duals[at] - gradient / (norms[at] + diagonal)).max(0.0);
            let step = (dual - duals[at]) * sign;
            duals[at] = dual;
            if step != 0.0 {
                for (at, value) in example.features {
                    weights[*at as usize] += step * value * scale[*at as usize];
                }
                bias += step * CONSTANT;
            }
        }
    }
    (weights, bias * CONSTANT)
}

/// What an error on each example costs.
fn costs(examples: &[Example<'_>], settings: &Settings) -> Vec<f32> {
    let total = |target: bool| -> f64 {
        examples.iter().filter(|example| example.target == target).map(|example| f64::from(example.weight)).sum()
    };
    let (yes, no) = (total(true).max(1e-9), total(false).max(1e-9));
    let even = (yes + no) / 2.0;
    let share = |class: f64| 1.0 + f64::from(settings.balance) * (even / class - 1.0);
    let (yes, no) = (share(yes) as f32, share(no) as f32);
    let of = |example: &Example<'_>| settings.cost * example.weight * if example.target { yes } else { no };
    examples.iter().map(of).collect()
}

/// The square of each feature's log-odds between the classes (Wang and Manning, 2012), so that what tells more may weigh more.
fn tellings(examples: &[Example<'_>], features: usize) -> Vec<f32> {
    let (mut yes, mut no) = (vec![SMOOTHING; features], vec![SMOOTHING; features]);
    for example in examples {
        let counts = if example.target { &mut yes } else { &mut no };
        for (at, _) in example.features {
            counts[*at as usize] += f64::from(example.weight);
        }
    }
    let (all_yes, all_no): (f64, f64) = (yes.iter().sum(), no.iter().sum());
    let log_odds = yes.iter().zip(&no).map(|(yes, no)| ln(yes / all_yes) - ln(no / all_no));
    let squares: Vec<f32> = log_odds.map(|odds| (odds * odds) as f32).collect();
    // A floor keeps every feature in the game; the mean keeps costs comparable with and without.
    squares.iter().map(|square| 0.1 + square.min(4.0)).collect()
}

/// The natural logarithm by additions, multiplications and divisions alone, so that it is the same everywhere.
fn ln(value: f64) -> f64 {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mantissa = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | (1023 << 52));
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let (mut power, mut sum) = (ratio, 0.0);
    for odd in (1..40).step_by(2) {
        sum += power / f64::from(odd);
        power *= square;
    }
    2.0 * sum + exponent as f64 * std::f64::consts::LN_2
}

fn shuffle(order: &mut [u32], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}
