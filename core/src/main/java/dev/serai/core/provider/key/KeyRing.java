package dev.serai.core.provider.key;

import dev.serai.core.hash.Sha256;
import dev.serai.core.provider.key.KeyHealth.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

/**
 * The keys of one name. A disabled key whose probe is due is used first. Otherwise healthy keys are
 * used in turn, and keys in cooldown only if there is no healthy one, since a provider's rate limit
 * may be that of one model. Other disabled keys are not used. If there is only one key, it is
 * always used, and the provider decides. Safe for use by many threads, without locks.
 */
final class KeyRing {
  private static final int DIGITS = 8;

  private final String name;
  private final List<KeyChoice.Chosen> keys;
  private final AtomicReferenceArray<KeyHealth> health;
  private final AtomicInteger turn = new AtomicInteger();

  KeyRing(String name, List<String> values) {
    this.name = name;
    List<KeyChoice.Chosen> made = new ArrayList<>(values.size());
    for (String value : values) {
      int position = made.size() + 1;
      made.add(new KeyChoice.Chosen(new KeyRef(name, position, id(position, value)), value));
    }
    keys = List.copyOf(made);
    health = new AtomicReferenceArray<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      health.set(i, KeyHealth.HEALTHY);
    }
  }

  /** The ring of these keys: itself if they are the same. */
  KeyRing with(List<String> values) {
    if (values().equals(values)) {
      return this;
    }
    KeyRing next = new KeyRing(name, values);
    for (int i = 0; i < keys.size(); i++) {
      int place = values.indexOf(keys.get(i).value());
      if (place >= 0) {
        next.health.set(place, health.get(i));
      }
    }
    return next;
  }

  List<String> values() {
    return keys.stream().map(KeyChoice.Chosen::value).toList();
  }

  private static String id(int position, String value) {
    return position + ":" + Sha256.hex(value).substring(0, DIGITS);
  }

  KeyChoice choose(String model, long now) {
    int count = keys.size();
    if (count <= 1) {
      return count == 0 ? new KeyChoice.NoKey() : keys.getFirst();
    }
    int start = Math.floorMod(turn.getAndIncrement(), count);
    int healthy = -1;
    int resting = -1;
    for (int i = 0; i < count; i++) {
      int place = (start + i) % count;
      KeyHealth known = health.get(place);
      switch (known.stateFor(model, now)) {
        case HEALTHY -> {
          if (known.isProbe(model)) {
            if (health.compareAndSet(place, known, known.whileProbed(now, model))) {
              return keys.get(place);
            }
          } else if (healthy < 0) {
            healthy = place;
          }
        }
        case COOLDOWN -> resting = resting < 0 ? place : sooner(resting, place, now);
        case DISABLED -> {}
      }
    }
    int best = healthy >= 0 ? healthy : resting;
    return best >= 0 ? keys.get(best) : allParked(model, now);
  }

  private int sooner(int one, int other, long now) {
    return health.get(other).remaining(now) < health.get(one).remaining(now) ? other : one;
  }

  private KeyChoice allParked(String model, long now) {
    long soonest = Long.MAX_VALUE;
    for (int i = 0; i < keys.size(); i++) {
      soonest = Math.min(soonest, health.get(i).waitFor(model, now));
    }
    return new KeyChoice.AllDisabled(keys.size(), Duration.ofNanos(soonest));
  }

  /** Whether another key than this one could be used for the model at once. */
  boolean hasAnother(KeyRef ref, String model, long now) {
    for (int i = 0; i < keys.size(); i++) {
      if (i != ref.position() - 1 && health.get(i).stateFor(model, now) == State.HEALTHY) {
        return true;
      }
    }
    return false;
  }

  /** Does nothing if the key is no longer among these. */
  void update(KeyRef ref, UnaryOperator<KeyHealth> to) {
    int place = ref.position() - 1;
    if (place < keys.size() && keys.get(place).ref().equals(ref)) {
      health.updateAndGet(place, to);
    }
  }

  List<KeyStatus> statuses(long now) {
    List<KeyStatus> statuses = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      KeyHealth known = health.get(i);
      long left = known.remaining(now);
      Optional<Duration> until = left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
      statuses.add(new KeyStatus(keys.get(i).ref().id(), known.state(now), until));
    }
    return statuses;
  }
}
