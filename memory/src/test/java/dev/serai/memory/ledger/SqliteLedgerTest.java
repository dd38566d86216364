package dev.serai.memory.ledger;

class SqliteLedgerTest extends LedgerContract {
  @Override
  String url() {
    return "sqlite";
  }
}
