package dev.serai.memory.bandits;

class SqliteSharedBanditsTest extends DatabaseSharedBanditsContract {
  @Override
  String url() {
    return "sqlite";
  }
}
