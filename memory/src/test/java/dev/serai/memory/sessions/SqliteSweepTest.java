package dev.serai.memory.sessions;

class SqliteSweepTest extends SweepContract {
  @Override
  String url() {
    return "sqlite";
  }
}
