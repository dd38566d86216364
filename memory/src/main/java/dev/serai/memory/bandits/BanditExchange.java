package dev.serai.memory.bandits;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.bandit.BanditState;
import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.core.bandit.shared.LearnedStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stores what the bandits of a gateway have learned, and gives them what is stored.
 *
 * <p>Nothing counts twice. A bandit is given all rows of its name once, before anything of it is
 * written; from then on only later rows of other gateways. What is taken from the bandits is kept
 * until the store has confirmed it. If it could not confirm it, the same batch is written again,
 * under the number by which the store knows whether it has it. If the store has lost its rows, the
 * first gateway that sees that stores all it knows of a name again. Of that, a gateway which knows
 * the name from before is given only what was not shared yet. For one thread.
 */
final class BanditExchange {
  private static final int MAX_NAMES = 1_000;
  private static final int FOLD_EVERY = 20;

  private final BanditGroups groups;
  private final String gateway;
  private final RowReplay replay = new RowReplay();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, Bandit.Taken> restoring = new TreeMap<>();
  private final Deque<Map<String, String>> taken = new ArrayDeque<>();
  private long batch = 1;
  private long begun;
  private long seen = -1;
  private long exchanges;

  /**
   * A bandit that was given the rows of its name.
   *
   * @param upTo the highest number that was given when they were read
   * @param before whether it knows rows that the store has lost since
   */
  private record Loaded(Bandit bandit, long upTo, boolean before) {
    boolean needs(LearnedRow row) {
      return row.number() > upTo && !(before ? row.isRestored() : row.isUnsharedPart());
    }
  }

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
   * @throws IOException if the store fails; then the next exchange goes on where this one was
   */
  void run(LearnedStore store) throws IOException {
    LearnedStore.Head head = store.head();
    if (seen >= 0 && head.begun() != begun) {
      restore(store);
    }
    begun = head.begun();
    write(store);
    receive(store);
    take();
    write(store);
    if (exchanges++ % FOLD_EVERY == 0) {
      new LearnedFold(store, replay, groups.rules()).run();
    }
  }

  /** Stores all that is known, or, where another gateway was first, only what is not stored yet. */
  private void restore(LearnedStore store) throws IOException {
    if (restoring.isEmpty()) {
      loaded.forEach((name, each) -> restoring.put(name, each.bandit().takeAll()));
    }
    Map<String, String> all = new TreeMap<>();
    restoring.forEach((name, each) -> put(all, name, each.all()));
    Map<String, String> rest = new TreeMap<>();
    restoring.forEach((name, each) -> put(rest, name, each.unshared()));
    Set<String> restored = store.restore(new LearnedStore.Batch(gateway, batch, all), rest);
    batch++;
    loaded.replaceAll(
        (name, each) -> {
          boolean onlyOwn = Objects.equals(all.get(name), rest.get(name));
          return new Loaded(each.bandit(), each.upTo(), restored.contains(name) || !onlyOwn);
        });
    taken.add(rest);
    taken.forEach(each -> each.keySet().removeAll(restored));
    restoring.clear();
  }

  private static void put(Map<String, String> states, String name, BanditState state) {
    if (!state.isEmpty()) {
      states.put(name, state.text());
    }
  }

  private void write(LearnedStore store) throws IOException {
    while (!taken.isEmpty()) {
      if (!taken.getFirst().isEmpty()) {
        store.append(new LearnedStore.Batch(gateway, batch, taken.getFirst()));
        batch++;
      }
      taken.removeFirst();
    }
  }

  private void take() {
    Map<String, String> unshared = new TreeMap<>();
    loaded.forEach((name, each) -> put(unshared, name, each.bandit().takeUnshared()));
    taken.add(unshared);
  }

  private void receive(LearnedStore store) throws IOException {
    long last = store.head().last();
    if (seen < 0) {
      store.names(MAX_NAMES).forEach(groups::open);
      seen = last;
    } else if (last < seen) { // the store is an older one, such as a backup of a database
      seen = last;
      loaded.replaceAll(
          (_, each) -> new Loaded(each.bandit(), Math.min(each.upTo(), last), each.before()));
    } else if (last > seen) {
      receiveOthers(store, last);
    }
    Map<String, Bandit> used = Map.copyOf(groups.inUse());
    loaded.entrySet().removeIf(each -> used.get(each.getKey()) != each.getValue().bandit());
    for (Map.Entry<String, Bandit> each : used.entrySet()) {
      if (!loaded.containsKey(each.getKey())) {
        load(store, each.getKey(), each.getValue());
      }
    }
  }

  private void receiveOthers(LearnedStore store, long last) throws IOException {
    LearnedStore.Page page;
    do {
      page = store.ofOthers(gateway, seen);
      page.rows().forEach(this::receive);
      seen = Math.max(seen, page.upTo());
    } while (page.more());
    seen = Math.max(seen, last);
  }

  private void receive(LearnedRow row) {
    Loaded to = loaded.get(row.name());
    if (to == null) {
      groups.open(row.name()); // it is loaded with all rows
    } else if (to.needs(row)) {
      replay.state(row).ifPresent(to.bandit()::add);
    }
  }

  private void load(LearnedStore store, String name, Bandit bandit) throws IOException {
    LearnedStore.Rows found = store.ofName(name);
    List<LearnedRow> rows = found.rows();
    List<RowReplay.Readable> readable = replay.readable(rows);
    if (!readable.isEmpty()) {
      bandit.add(replay.sum(readable, groups.rules(), found.nowMillis()));
    }
    long last = rows.isEmpty() ? seen : Math.max(seen, rows.getLast().number());
    loaded.put(name, new Loaded(bandit, last, false));
  }
}
