package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers which candidate has the beginning of a conversation in its prompt cache, so that the
 * next call of the conversation can go there. A pin belongs to one caller and one model name, lasts
 * as long as providers keep a prompt, and ends when its candidate fails.
 *
 * <p>Pins are in two maps: new and used ones in the younger. When its time is over, or it is full,
 * the younger becomes the older, and what was not used meanwhile is gone. Thread-safe, lock-free.
 */
public final class CacheAffinity {
  /** A shorter prompt is cached by no provider: all of them begin at about 1,024 tokens. */
  private static final int MIN_BYTES = 3_000;

  private static final int MAX_PINS = 50_000;

  private final Supplier<Duration> lifetime;
  private final Ticker ticker;
  private volatile Pins pins;

  private record Pins(Map<Key, Pin> younger, Map<Key, Pin> older, long sinceNanos) {}

  /**
   * The conversation that a call continues.
   *
   * @param caller its tenant and key
   * @param model the name that is planned for its requests
   * @param session as the client names it; empty if it does not
   * @param prefix of the beginning of the prompt; 0 with a session
   */
  record Key(String caller, String model, String session, long prefix) {}

  /**
   * Where a conversation was answered.
   *
   * @param tokens of its prompt, which may be in the cache
   */
  record Pin(Candidate candidate, long tokens, long atNanos) {}

  /**
   * @param lifetime how long a provider keeps a prompt; zero for no affinity. Asked for every call
   */
  public CacheAffinity(Supplier<Duration> lifetime, Ticker ticker) {
    this.lifetime = lifetime;
    this.ticker = ticker;
    this.pins = new Pins(new ConcurrentHashMap<>(), Map.of(), ticker.nanos());
  }

  /** The conversation of a call; empty if its prompt is not cached anywhere. */
  Optional<Key> key(Call call, RoutingRequest asked) {
    if (lifetime.get().isZero() || !(call.request() instanceof ChatRequest chat)) {
      return Optional.empty();
    }
    Caller caller = call.caller();
    String owner = caller.tenant() + '\n' + caller.key();
    if (!caller.session().isEmpty()) {
      return Optional.of(new Key(owner, asked.model(), caller.session(), 0));
    }
    if (chat.bytes().length < MIN_BYTES) {
      return Optional.empty();
    }
    return asked
        .content()
        .outline()
        .map(shown -> new Key(owner, asked.model(), "", shown.prefix().conversation()));
  }

  /** Where the conversation is in a cache now. */
  Optional<Pin> find(Key key) {
    Pins now = pins;
    Pin pin = now.younger.get(key);
    if (pin == null) {
      pin = now.older.get(key);
    }
    if (pin == null || ticker.nanos() - pin.atNanos >= lifetime.get().toNanos()) {
      return Optional.empty();
    }
    return Optional.of(pin);
  }

  /** Pins the conversation to the candidate that answers the call, when it ends. */
  Hold watch(Key key, Call call) {
    return new Watch(key, call);
  }

  private void put(Key key, Pin pin) {
    Pins now = pins;
    long age = ticker.nanos() - now.sinceNanos;
    if (age >= lifetime.get().toNanos() || now.younger.size() >= MAX_PINS) {
      // Two threads may both do this: pins of the last moment are lost then, which costs a cache.
      now = new Pins(new ConcurrentHashMap<>(), now.younger, ticker.nanos());
      pins = now;
    }
    now.younger.put(key, pin);
  }

  private void remove(Key key) {
    Pins now = pins;
    now.younger.remove(key);
    if (!now.older.isEmpty()) {
      now.older.remove(key);
    }
  }

  private final class Watch extends Hold {
    private final Key key;
    private final Call call;
    private long tokens;

    Watch(Key key, Call call) {
      this.key = key;
      this.call = call;
    }

    @Override
    public void recordUsage(Usage usage) {
      tokens = usage.input();
    }

    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      if (call.attempts().isEmpty() || call.cacheUse().isHit()) {
        return; // no provider was asked
      }
      if (call.current().firstTokenNanos() != 0 && call.current().problem().isEmpty()) {
        put(key, new Pin(call.current().candidate(), tokens, ticker.nanos()));
      } else if (problem.isPresent()) {
        remove(key);
      }
    }

    @Override
    protected void onRelease() {}
  }
}
