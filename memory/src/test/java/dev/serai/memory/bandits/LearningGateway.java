package dev.serai.memory.bandits;

import static java.util.Objects.requireNonNull;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditContext;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.shared.LearnedStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** The bandits of a gateway, which exchanges when a test says so. */
public final class LearningGateway implements BanditGroups, AutoCloseable {
  public static final String NAME = "smart";
  public static final String ARM = "openai/gpt";

  final Map<String, Bandit> bandits = new ConcurrentHashMap<>();
  private final LearnedStore store;
  private final BanditRules rules;
  private final BanditExchange exchange;
  private final long now;

  LearningGateway(LearnedStore store, String id, Duration halfLife) throws IOException {
    this.store = store;
    rules = new BanditRules(BanditAlgorithm.POOLED, halfLife, 2_000, 1e9, true);
    exchange = new BanditExchange(this, id);
    now = store.ofName(NAME).nowMillis();
  }

  @Override
  public Map<String, Bandit> inUse() {
    return bandits;
  }

  @Override
  public void open(String name) {
    SplittableRandom random = new SplittableRandom(1);
    bandits.computeIfAbsent(
        name, _ -> new Bandit(rules, () -> random, () -> Instant.ofEpochMilli(now)));
  }

  @Override
  public BanditRules rules() {
    return rules;
  }

  /** Learns from so many calls, each of which was answered. */
  public LearningGateway learn(String name, int calls) {
    open(name);
    for (int i = 0; i < calls; i++) {
      bandit(name).learn(BanditContext.of(0), ARM, 1);
    }
    return this;
  }

  public LearningGateway learn(int calls) {
    return learn(NAME, calls);
  }

  public LearningGateway exchange() throws IOException {
    return exchange(store);
  }

  public LearningGateway exchange(LearnedStore through) throws IOException {
    exchange.run(through);
    return this;
  }

  public void fold() throws IOException {
    new LearnedFold(store, new RowReplay(), rules).run();
  }

  /** The calls that its bandit knows of. */
  public double calls() {
    return calls(NAME);
  }

  public double calls(String name) {
    return bandits.containsKey(name)
        ? bandit(name)
            .state()
            .text()
            .lines()
            .filter(line -> line.startsWith(ARM + '\t'))
            .map(line -> line.split("[\t ]", -1)[1])
            .mapToDouble(first -> first.isEmpty() ? 0 : Double.parseDouble(first))
            .sum()
        : 0;
  }

  Bandit bandit(String name) {
    return requireNonNull(bandits.get(name));
  }

  /** It ends without a last exchange, as after kill -9. */
  @Override
  public void close() {
    bandits.clear();
  }
}
