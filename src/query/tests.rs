mod explain;
mod grammar;
mod matching;
mod naive;
mod subject;
