package dev.serai.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.problem.CapacityProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores memory objects in Redis. Each operation is one call of a script, which is atomic: versions
 * grow in the order of the calls, and what a tenant has stored is counted exactly. How durable a
 * change is depends on Redis ({@code appendfsync}). Thread-safe.
 */
public final class RedisMemoryStore implements MemoryStore, MemoryFeed, HitReader, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisMemoryStore.class);
  private static final RedisScript SCRIPT = RedisScript.load("memory.lua");

  private final RedisConnections connections;
  private final Options options;
  private final String prefix;
  private volatile Size size = new Size(0, 0);

  /**
   * How objects are stored.
   *
   * @param prefix of all keys
   * @param quotaBytes how much each tenant may store
   * @param clock empty: that of Redis, so that clocks of gateways may differ
   * @param id of the store, if it has none yet
   */
  public record Options(String prefix, long quotaBytes, Optional<InstantSource> clock, String id) {}

  /** What all tenants have stored. */
  public record Size(long objects, long bytes) {}

  /** Opens nothing yet. */
  public RedisMemoryStore(RedisAddress address, Options options) {
    this.connections = new RedisConnections(address);
    this.options = options;
    this.prefix = options.prefix + ":{memory}:";
  }

  @Override
  public TenantMemory forTenant(String tenant) {
    return new Tenant(tenant);
  }

  /** What all tenants had stored when the feed was read last. */
  public Size size() {
    return size;
  }

  @Override
  public Head head() {
    return head(call("head", options.id));
  }

  private Head head(ReplyFields fields) {
    Head head = new Head(fields.text(), fields.number(), fields.number());
    size = new Size(fields.number(), fields.number());
    return head;
  }

  @Override
  public Page after(long version, Limit limit) {
    ReplyFields fields =
        call(
            "feed",
            options.id,
            Long.toString(version),
            Integer.toString(limit.changes()),
            Long.toString(limit.bytes()));
    Head head = head(fields);
    List<Change> changes = new ArrayList<>();
    while (fields.hasNext()) {
      long changed = fields.number();
      String tenant = fields.text();
      String path = fields.text();
      changes.add(new Change(changed, tenant, path, fields.object(path)));
    }
    return new Page(head, changes, changes.isEmpty() ? head.last() : changes.getLast().version());
  }

  @Override
  public List<MemorySearcher.Found> read(String tenant, List<MemoryHit> hits, int limit) {
    List<String> arguments = new ArrayList<>(limits(tenant, limit));
    Map<String, Double> scores = new HashMap<>();
    for (MemoryHit hit : hits) {
      arguments.add(hit.path());
      arguments.add(Long.toString(hit.version()));
      scores.put(hit.path(), hit.score());
    }
    List<MemorySearcher.Found> found = new ArrayList<>();
    ReplyFields fields = call("read", arguments.toArray(String[]::new));
    while (fields.hasNext()) {
      String path = fields.text();
      fields
          .object(path)
          .ifPresent(
              object ->
                  found.add(new MemorySearcher.Found(object, scores.getOrDefault(path, 0.0))));
    }
    return found;
  }

  private static List<String> limits(String tenant, int limit) {
    return List.of(tenant, Integer.toString(limit), Long.toString(MemoryObject.MAX_READ_BYTES));
  }

  private List<MemoryOutcome> change(String tenant, List<MemoryChange> changes) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(tenant.getBytes(UTF_8));
    changes.forEach(change -> RedisChanges.write(change, options.quotaBytes, arguments));
    ReplyFields fields = call("change", arguments);
    while (fields.isAgain()) { // there was much that had expired
      fields = call("change", arguments);
    }
    Instant now = Instant.ofEpochMilli(fields.number());
    List<MemoryOutcome> outcomes = new ArrayList<>();
    for (MemoryChange change : changes) {
      outcomes.add(RedisChanges.outcome(change, fields, now));
    }
    return outcomes;
  }

  private ReplyFields call(String what, String... arguments) {
    List<byte[]> values = new ArrayList<>();
    for (String argument : arguments) {
      values.add(argument.getBytes(UTF_8));
    }
    return call(what, values);
  }

  private ReplyFields call(String what, List<byte[]> arguments) {
    String now = options.clock.map(clock -> Long.toString(clock.millis())).orElse("");
    List<byte[]> values = new ArrayList<>();
    values.add(prefix.getBytes(UTF_8));
    values.add(now.getBytes(UTF_8));
    values.add(what.getBytes(UTF_8));
    values.addAll(arguments);
    try {
      return new ReplyFields(connections.run(SCRIPT, prefix + "version", values));
    } catch (IOException e) {
      LOG.warn("memory: {}", e.getMessage());
      throw new CapacityProblem(
          "memory_unavailable",
          "Memory objects cannot be read or changed now, because Redis is unavailable.",
          Duration.ofSeconds(5));
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private final class Tenant implements TenantMemory {
    private final String name;

    Tenant(String name) {
      this.name = name;
    }

    @Override
    public Optional<MemoryObject> find(MemoryPath path) {
      List<String> arguments = new ArrayList<>(limits(name, 1));
      arguments.add(path.text());
      arguments.add("");
      ReplyFields fields = call("read", arguments.toArray(String[]::new));
      return fields.hasNext() ? fields.object(fields.text()) : Optional.empty();
    }

    @Override
    public List<MemoryOutcome> change(List<MemoryChange> changes) {
      return RedisMemoryStore.this.change(name, changes);
    }

    @Override
    public List<MemoryEntry> list(MemoryQuery query) {
      String prefix = query.pathPrefix();
      String from = query.after().filter(path -> RedisChanges.isAfter(path, prefix)).orElse("");
      ReplyFields fields =
          call(
              "list",
              name,
              from.isEmpty() ? "[" + prefix : "(" + from,
              "(" + prefix + Character.toString(Character.MAX_CODE_POINT),
              Integer.toString(query.limit()));
      List<MemoryEntry> found = new ArrayList<>();
      while (fields.hasNext()) {
        fields.entry(fields.text()).ifPresent(found::add);
      }
      return found;
    }
  }
}
