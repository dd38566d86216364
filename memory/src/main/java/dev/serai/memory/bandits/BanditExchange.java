package dev.serai.memory.bandits;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.bandit.BanditState;
import dev.serai.memory.database.DatabaseClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores what the bandits of a gateway have learned, and gives them what is stored.
 *
 * <p>Nothing counts twice. A bandit is given all rows of its name once, before anything of it is
 * written; from then on only later rows of other gateways. What is taken from the bandits is kept
 * until the database has confirmed it. If it could not confirm it, the same batch is written again,
 * under the number by which the database knows whether it has it. For one thread.
 */
final class BanditExchange {
  private static final int MAX_NAMES = 1_000;
  private static final int PAGE = 1_000;
  private static final int FOLD_EVERY = 20;

  private final BanditGroups groups;
  private final String gateway;
  private final RowReplay replay = new RowReplay();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private Map<String, String> taken = new TreeMap<>();
  private long batch = 1;
  private long seen = -1;
  private long exchanges;

  /**
   * A bandit that was given the rows of its name.
   *
   * @param upTo the highest number that was given when they were read
   */
  private record Loaded(Bandit bandit, long upTo) {}

  /**
   * @param gateway the ID of this start of the gateway: rows of an earlier start are those of
   *     another one
   */
  BanditExchange(BanditGroups groups, String gateway) {
    this.groups = groups;
    this.gateway = gateway;
  }

  /**
   * Reads what is new, then writes what is new.
   *
   * @param connection in transactions of the caller
   * @throws SQLException if the database fails; then the next exchange goes on where this one was
   */
  void run(Connection connection) throws SQLException {
    write(connection);
    receive(connection);
    take();
    write(connection);
    if (exchanges++ % FOLD_EVERY == 0) {
      new LearnedFold(connection, replay, groups.rules()).run();
    }
  }

  private void write(Connection connection) throws SQLException {
    if (taken.isEmpty()) {
      return;
    }
    LearnedRows.lock(connection);
    long now = DatabaseClock.millis(connection);
    if (LearnedRows.begin(connection, gateway, batch, now)) {
      LearnedRows.append(connection, gateway, taken, now);
    }
    connection.commit();
    taken = new TreeMap<>();
    batch++;
  }

  private void take() {
    loaded.forEach(
        (name, each) -> {
          BanditState unshared = each.bandit().takeUnshared();
          if (!unshared.isEmpty()) {
            taken.put(name, unshared.text());
          }
        });
  }

  private void receive(Connection connection) throws SQLException {
    long last = LearnedRows.last(connection);
    if (seen < 0) {
      LearnedRows.names(connection, MAX_NAMES).forEach(groups::open);
      seen = last;
    } else if (last < seen) { // the database is an older one, such as a backup
      seen = last;
      loaded.replaceAll((_, each) -> new Loaded(each.bandit(), Math.min(each.upTo(), last)));
    } else if (last > seen) {
      receiveOthers(connection, last);
    }
    Map<String, Bandit> used = Map.copyOf(groups.inUse());
    loaded.entrySet().removeIf(each -> used.get(each.getKey()) != each.getValue().bandit());
    for (Map.Entry<String, Bandit> each : used.entrySet()) {
      if (!loaded.containsKey(each.getKey())) {
        load(connection, each.getKey(), each.getValue());
      }
    }
    connection.commit();
  }

  private void receiveOthers(Connection connection, long last) throws SQLException {
    List<LearnedRow> page;
    do {
      page = LearnedRows.ofOthers(connection, gateway, seen, PAGE);
      for (LearnedRow row : page) {
        receive(row);
        seen = row.number();
      }
    } while (page.size() == PAGE);
    seen = Math.max(seen, last);
  }

  private void receive(LearnedRow row) {
    Loaded to = loaded.get(row.name());
    if (to == null) {
      groups.open(row.name()); // it is loaded with all rows
    } else if (row.number() > to.upTo()) {
      replay.state(row).ifPresent(to.bandit()::add);
    }
  }

  private void load(Connection connection, String name, Bandit bandit) throws SQLException {
    List<LearnedRow> rows = LearnedRows.ofName(connection, name);
    long now = DatabaseClock.millis(connection);
    List<RowReplay.Readable> readable = replay.readable(rows);
    if (!readable.isEmpty()) {
      bandit.add(replay.sum(readable, groups.rules(), now));
    }
    long last = rows.isEmpty() ? seen : Math.max(seen, rows.getLast().number());
    loaded.put(name, new Loaded(bandit, last));
  }
}
