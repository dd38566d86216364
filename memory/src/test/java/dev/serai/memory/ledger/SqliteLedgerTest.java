package dev.serai.memory.ledger;

class SqliteLedgerTest extends LedgerRowsContract {
  @Override
  String url() {
    return "sqlite";
  }
}
