package dev.serai.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.core.hash.Sha1;
import dev.serai.core.net.RedisAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores what bandits have learned in Redis. Each step is one call of a script, which is atomic,
 * and the time is that of Redis. All keys begin with the prefix, have the same hash tag and expire
 * 90 days after they were written. For one thread, which may block.
 */
public final class RedisLearned implements LearnedStore {
  private static final RedisScript SCRIPT = RedisScript.load("bandits.lua");

  /** A state has at most 8 million characters; a page may begin with one and end with another. */
  private static final ReplyReader.Bounds BOUNDS = new ReplyReader.Bounds(8_500_000, 32_768);

  private static final int REPLY_MILLIS = 2_000;
  private static final int TRIES = 5;

  private final RedisConnection connection;
  private final String prefix;

  /**
   * @param prefix of all keys
   */
  public RedisLearned(RedisAddress address, String prefix) {
    this.connection = new RedisConnection(address, REPLY_MILLIS, BOUNDS);
    this.prefix = prefix + ":{bandits}:";
  }

  private List<String> call(String what, List<String> arguments) throws IOException {
    List<String> values = new ArrayList<>(List.of(prefix, what));
    values.addAll(arguments);
    return connection.run(SCRIPT, new RedisConnection.Arguments(List.of(prefix + "head"), values));
  }

  @Override
  public String place() {
    return "Redis";
  }

  @Override
  public Head head() throws IOException {
    List<String> reply = call("head", List.of());
    return new Head(number(reply, 0), number(reply, 1));
  }

  @Override
  public void append(Batch batch) throws IOException {
    call("append", arguments(batch));
  }

  @Override
  public Set<String> restore(Batch all, Map<String, String> unshared) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(all.gateway());
    arguments.add(Long.toString(all.number()));
    all.states()
        .forEach(
            (name, state) ->
                arguments.addAll(List.of(name, state, unshared.getOrDefault(name, ""))));
    return new HashSet<>(call("restore", arguments));
  }

  private static List<String> arguments(Batch batch) {
    List<String> arguments = new ArrayList<>();
    arguments.add(batch.gateway());
    arguments.add(Long.toString(batch.number()));
    batch
        .states()
        .forEach(
            (name, state) -> {
              arguments.add(name);
              arguments.add(state);
            });
    return arguments;
  }

  @Override
  public Page ofOthers(String gateway, long after) throws IOException {
    List<String> reply = call("others", List.of(gateway, Long.toString(after)));
    return new Page(rows(reply), number(reply, 0), number(reply, 1) == 1);
  }

  /** In pages, and anew if rows were folded between two of them. */
  @Override
  public Rows ofName(String name) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      List<LearnedRow> all = new ArrayList<>();
      List<String> reply = call("name", List.of(name, "-1"));
      long folds = number(reply, 1);
      for (List<LearnedRow> page = rows(reply);
          !page.isEmpty() && number(reply, 1) == folds;
          page = rows(reply)) {
        all.addAll(page);
        reply = call("name", List.of(name, Long.toString(all.getLast().number())));
      }
      if (number(reply, 1) == folds) {
        return new Rows(all, number(reply, 0));
      }
    }
    throw new IOException("rows of " + name + " are folded again and again while they are read");
  }

  @Override
  public List<String> names(int atMost) throws IOException {
    return call("names", List.of(Integer.toString(atMost)));
  }

  @Override
  public List<String> foldable(long ageMillis, int rows) throws IOException {
    return call("foldable", List.of(Long.toString(ageMillis), Integer.toString(rows)));
  }

  @Override
  public void fold(List<LearnedRow> rows, LearnedRow sum) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(sum.name());
    arguments.add(Long.toString(sum.number()));
    arguments.add(Long.toString(sum.writtenMillis()));
    arguments.add(sum.state());
    for (LearnedRow row : rows) {
      arguments.add(Long.toString(row.number()));
      arguments.add(HexFormat.of().formatHex(Sha1.of(row.state().getBytes(UTF_8))));
    }
    call("fold", arguments);
  }

  @Override
  public void forget(long ageMillis) throws IOException {
    call("forget", List.of(Long.toString(ageMillis)));
  }

  private static List<LearnedRow> rows(List<String> reply) throws IOException {
    List<LearnedRow> rows = new ArrayList<>();
    for (int i = 2; i + 4 < reply.size(); i += 5) {
      rows.add(
          new LearnedRow(
              number(reply, i),
              reply.get(i + 1),
              reply.get(i + 2),
              number(reply, i + 3),
              reply.get(i + 4)));
    }
    return rows;
  }

  private static long number(List<String> reply, int at) throws IOException {
    try {
      return Long.parseLong(reply.get(at));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException("Redis returned something else than rows of what was learned", e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
