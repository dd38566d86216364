package dev.serai.core.experiment;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An experiment: the chat calls of a tenant for one model name are divided among variants. Every
 * unit, such as a session, stays with one variant. Immutable.
 *
 * @param id unique; empty until it is stored
 * @param tenant whose calls take part
 * @param model the name that these calls ask for
 * @param unit what stays with a variant
 * @param variants two or more; the first one is the champion, with which the others are compared
 * @param rounds in which they are compared
 */
public record Experiment(
    String id,
    String tenant,
    String model,
    Unit unit,
    Status status,
    List<Variant> variants,
    Rounds rounds) {
  /** Most variants of an experiment. */
  public static final int MAX_VARIANTS = 10;

  public Experiment {
    variants = List.copyOf(variants);
  }

  /** An experiment whose champion changes by hand only. */
  public Experiment(
      String id, String tenant, String model, Unit unit, Status status, List<Variant> variants) {
    this(id, tenant, model, unit, status, variants, Rounds.MANUAL);
  }

  /** Whether an experiment takes calls. */
  public enum Status {
    /** It has not begun, so everything of it may be changed. */
    DRAFT,
    /** It divides calls. */
    RUNNING,
    /** It divides no calls; it may run again. */
    STOPPED;

    /** Its name in requests and replies. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name. */
    public static Optional<Status> named(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }

  /** What stays with one variant. */
  public enum Unit {
    /** The session of the call; without one its user, else its API key. */
    SESSION,
    /** The user of the API key; without one the key. */
    USER,
    /** The API key. */
    KEY;

    /** Its name in requests and replies. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The unit of that name. */
    public static Optional<Unit> named(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** The unit that a call belongs to; without any, the call itself. */
    public String of(Caller caller, String requestId) {
      if (this == SESSION && !caller.session().isEmpty()) {
        return "session " + caller.session();
      }
      if (this != KEY && !caller.user().isEmpty()) {
        return "user " + caller.user();
      }
      return caller.key().isEmpty() ? "call " + requestId : "key " + caller.key();
    }
  }

  /** The variant of a call. It is the same in every gateway and after every start. */
  public Variant variant(Caller caller, String requestId) {
    return RendezvousHash.choose(id, unit.of(caller, requestId), variants);
  }

  /** What the experiment decides about a call of that variant. */
  public AssignedModel assigned(Variant variant) {
    boolean challenger = !variant.equals(champion());
    return new AssignedModel(
        new Assignment(id, variant.name(), challenger), variant.model(), false);
  }

  /** What is decided about the copies of a call, for variants that get some. */
  public List<AssignedModel> shadows(String requestId) {
    return variants.stream()
        .filter(one -> RendezvousHash.isAmong(one.shadow(), id, one.name(), requestId))
        .map(one -> new AssignedModel(new Assignment(id, one.name(), true), one.model(), true))
        .toList();
  }

  /** Whether any variant gets copies of calls. */
  public boolean hasShadows() {
    return variants.stream().anyMatch(Variant::isShadow);
  }

  /** Whether each variant {@link Variant#isLike is like} the other one in its place. */
  boolean hasVariantsLike(List<Variant> others) {
    if (others.size() != variants.size()) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      if (!variants.get(i).isLike(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same under this ID. */
  public Experiment withId(String made) {
    return new Experiment(made, tenant, model, unit, status, variants, rounds);
  }

  /** Its variant that the others are compared with. */
  public Variant champion() {
    return variants.getFirst();
  }

  /** The same with a new round that begins now. */
  public Experiment nextRound(long nowMillis) {
    return new Experiment(id, tenant, model, unit, status, variants, rounds.next(nowMillis));
  }

  /**
   * The same with another champion, and with a new round that begins now. Of the weights of the old
   * and the new champion, the new one gets the higher one.
   *
   * @param name of a challenger
   */
  public Experiment promoted(String name, long nowMillis) {
    List<Variant> fresh = new ArrayList<>(variants);
    Variant former = fresh.removeFirst();
    Variant better =
        fresh.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    int at = fresh.indexOf(better);
    fresh.set(at, former.weighing(Math.min(former.weight(), better.weight())));
    fresh.addFirst(better.weighing(Math.max(former.weight(), better.weight())));
    return new Experiment(id, tenant, model, unit, status, fresh, rounds.next(nowMillis));
  }
}
