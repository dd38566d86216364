package dev.serai.memory.bandits;

class SqliteSharedBanditsTest extends SharedBanditsContract {
  @Override
  String url() {
    return "sqlite";
  }
}
