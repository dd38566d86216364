package dev.serai.config.read;

import dev.serai.config.annotation.Derived;
import dev.serai.config.annotation.JsonText;
import dev.serai.config.annotation.Named;
import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.config.annotation.ShortForm;
import dev.serai.core.http.PercentEncoding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Binds the nodes of a settings file to settings records.
 *
 * <p>The records are the whole description: the name of a component is the key, its type decides
 * which values are allowed, and {@code defaults()} of the record has the default. The environment
 * overrides the file. A mistake is added to {@link Problems} and the default is used instead, so
 * that one run finds every mistake. Not thread-safe.
 */
public final class Binder {
  /** Stands for an address that could not be read. */
  private static final URI UNREAD = URI.create("https://unread.invalid");

  private final Node.Mapping file;
  private final Map<String, Node.Scalar> environment;
  private final Problems problems;
  private final Refusals refusals;
  private final Map<String, Node.Unset> unset = new LinkedHashMap<>();

  /**
   * @param environment values that override the file, by the path of the setting
   */
  public Binder(Node.Mapping file, Map<String, Node.Scalar> environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
    this.refusals = new Refusals(environment, problems);
  }

  /** Settings that have their default because their variable is not set, by path. */
  public Map<String, Node.Unset> unset() {
    return Map.copyOf(unset);
  }

  /** Reports top-level keys of the file that are not components of that record. */
  public void allowAtTop(Class<? extends Record> type) {
    if (!file.entries().isEmpty()) {
      entries(file, "", type.getRecordComponents());
    }
  }

  /** Reads one part of the file. */
  public <R extends Record> R part(String key, Class<R> type, R defaults) {
    return type.cast(record(file.entries().get(key), key, defaults));
  }

  /** Reads a part of the file that maps names to records. */
  public <R extends Record> Map<String, R> parts(String key, Class<R> type) {
    Map<String, R> typed = new LinkedHashMap<>();
    Node node = file.entries().get(key);
    if (node != null) {
      Slot slot = new Slot(type, Optional.empty(), false, key, "");
      map(type, node, slot).forEach((name, value) -> typed.put(name, type.cast(value)));
    }
    return typed;
  }

  private Record record(@Nullable Node node, String path, Record defaults) {
    if (node == null && !inEnvironment(path)) {
      return defaults;
    }
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Map<String, Node> entries = entries(node, path, components);
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Object fallback = Records.component(component, defaults);
      String key = Names.written(component.getName());
      if (component.isAnnotationPresent(Derived.class)) {
        values[i] = fallback;
        continue;
      }
      values[i] = value(Slot.of(component, Names.path(path, key), fallback), entries.get(key));
      if (node != null && component.isAnnotationPresent(Required.class)) {
        require(node, key, entries.get(key));
      }
    }
    return construct(defaults, values, node, path);
  }

  /** Whether the environment sets anything below the path; if not, reflection is avoided. */
  private boolean inEnvironment(String path) {
    String inside = path + ".";
    for (String key : environment.keySet()) {
      if (key.startsWith(inside)) {
        return true;
      }
    }
    return false;
  }

  /** What has another kind than a mapping is refused as a whole. */
  private void require(Node node, String key, @Nullable Node entry) {
    boolean whole = node instanceof Node.Mapping || node instanceof Node.Empty;
    if (entry == null && whole && !problems.isMisspelt(node, key)) {
      problems.add(node.place(), "the member '" + key + "' is missing; add it");
    } else if (entry instanceof Node.Sequence list && list.items().isEmpty()) {
      problems.add(entry.place(), "an empty list was read; at least one value is required");
    }
  }

  /** A component that is being read: its type, range, whether it has names, path, default. */
  private record Slot(
      Type type, Optional<Range> range, boolean named, String path, Object fallback) {
    static Slot of(RecordComponent component, String path, Object fallback) {
      Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
      boolean named = component.isAnnotationPresent(Named.class);
      return new Slot(component.getGenericType(), range, named, path, fallback);
    }

    /** An entry of the map that is being read. */
    Slot entry(Type entryType, String key) {
      return new Slot(entryType, range, named, Names.path(path, key), "");
    }
  }

  private Map<String, Node> entries(
      @Nullable Node node, String path, RecordComponent[] components) {
    if (node == null || node instanceof Node.Empty) {
      return Map.of();
    }
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : components) {
      if (!component.isAnnotationPresent(Derived.class)) {
        keys.add(Names.written(component.getName()));
      }
      if (!(node instanceof Node.Mapping) && component.isAnnotationPresent(ShortForm.class)) {
        return Map.of(Names.written(component.getName()), node);
      }
    }
    if (node instanceof Node.Mapping mapping) {
      refuseUnknown(mapping, path, keys);
      return mapping.entries();
    }
    if (node instanceof Node.Unset missing) {
      note(path, missing.of(false, true));
      return Map.of();
    }
    Optional<String> meant = WrittenForm.missingBlank(node, keys::contains);
    if (meant.isPresent()) {
      problems.add(node.place(), meant.get());
    } else {
      boolean secret = Arrays.stream(components).anyMatch(one -> isSecret(one.getGenericType()));
      problems.wrong(
          secret ? hidden(node) : node,
          "must be a mapping with the keys " + String.join(", ", keys));
    }
    return Map.of();
  }

  private void refuseUnknown(Node.Mapping mapping, String path, Set<String> keys) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (!keys.contains(key)) {
                problems.add(value.place(), UnknownKeys.message(path, key, value, keys));
              }
            });
  }

  private Object value(Slot slot, @Nullable Node written) {
    Node override = environment.get(slot.path());
    Node node = override == null ? written : override;
    if (node instanceof Node.Unset missing) {
      note(slot.path(), missing.of(isSecret(slot.type()), slot.type() == Secret.class));
      return slot.fallback();
    }
    return convert(slot.type(), node, slot);
  }

  /** The entries of a list share a path: each is reported. */
  private void note(String path, Node.Unset missing) {
    unset.put(unset.containsKey(path) ? missing.place().toString() : path, missing);
  }

  static boolean isSecret(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0] == Secret.class
        : type == Secret.class;
  }

  private Object convert(Type type, @Nullable Node node, Slot slot) {
    if (type instanceof ParameterizedType generic) {
      return convertGeneric(generic, node, slot);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(node, slot.path(), (Record) slot.fallback());
    }
    return node == null ? slot.fallback() : scalar(plain, node, slot).orElse(slot.fallback());
  }

  private Object convertGeneric(ParameterizedType type, @Nullable Node node, Slot slot) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return node == null ? slot.fallback() : optional(arguments[0], node, slot);
    }
    if (raw == Map.class) {
      return node == null ? slot.fallback() : map(arguments[1], node, slot);
    }
    Object list = node == null ? slot.fallback() : list(arguments[0], node, slot);
    return raw == Set.class && list instanceof List<?> items ? new LinkedHashSet<>(items) : list;
  }

  /** {@code ${NAME:-}} leaves the setting out if the variable is not set. */
  private Optional<Object> optional(Type type, Node node, Slot slot) {
    if (node instanceof Node.Scalar scalar && scalar.text().isEmpty() && scalar.expanded()) {
      return Optional.empty();
    }
    return scalar((Class<?>) type, node, slot);
  }

  private Optional<Object> scalar(Class<?> type, Node node, Slot slot) {
    Optional<Range> range = slot.range();
    if (!(node instanceof Node.Scalar scalar)) {
      Optional<String> instead =
          type == Secret.class ? PlainReferences.insteadOf(node) : Optional.empty();
      problems.wrong(
          node,
          instead
              .or(() -> WrittenForm.missingDollar(node))
              .orElseGet(() -> Scalars.allowed(type, range)));
      return Optional.empty();
    }
    Optional<String> misplaced = plainReference(type, scalar, slot.named());
    if (misplaced.isPresent()) {
      problems.add(scalar.place(), misplaced.get());
      return Optional.empty();
    }
    if (type == URI.class && problems.isUnread(scalar.place())) {
      return Optional.of(UNREAD);
    }
    try {
      return Optional.of(Scalars.convert(type, scalar.text(), range));
    } catch (Scalars.Refused e) {
      if (scalar.text().isBlank()) {
        problems.add(scalar.place(), Scalars.EMPTY);
        return Optional.empty();
      }
      Node shown = type == Secret.class ? hidden(scalar) : scalar;
      problems.wrong(shown, MeantValue.added(String.valueOf(e.getMessage()), type, scalar, range));
      return Optional.empty();
    }
  }

  /** Perhaps a secret. */
  private static Node hidden(Node node) {
    return node instanceof Node.Scalar ? new Node.Scalar(node.place(), "", "***") : node;
  }

  private static Optional<String> plainReference(Class<?> type, Node.Scalar scalar, boolean named) {
    return type == Secret.class && !scalar.place().inEnvironment()
        ? PlainReferences.inFile(scalar, named)
        : Optional.empty();
  }

  private List<Object> list(Type type, Node node, Slot slot) {
    List<Object> values = new ArrayList<>();
    Optional<String> fault = ListShape.fault(type, node);
    fault.ifPresent(shape -> problems.wrong(node, shape));
    for (Node item : fault.isPresent() ? List.<Node>of() : items(node)) {
      element(type, item, slot).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  /** A single value is a list with one item; in the environment commas separate items. */
  private static List<Node> items(Node node) {
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    if (node instanceof Node.Scalar scalar && scalar.place().inEnvironment()) {
      List<Node> items = new ArrayList<>();
      for (String part : scalar.text().split(",", -1)) {
        if (!part.isBlank()) {
          items.add(Node.Scalar.variable(scalar.place().key(), part.strip()));
        }
      }
      return items;
    }
    return node instanceof Node.Empty ? List.of() : List.of(node);
  }

  private Map<String, Object> map(Type type, Node node, Slot slot) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                element(type, entry, slot.entry(type, key))
                    .ifPresent(value -> values.put(key, value));
              });
    } else if (node instanceof Node.Scalar scalar && scalar.place().inEnvironment()) {
      pairs(type, scalar, slot, values);
    } else if (node instanceof Node.Unset missing) {
      note(slot.path(), missing);
    } else if (!(node instanceof Node.Empty)) {
      WrittenForm.missingBlank(node, _ -> true)
          .ifPresentOrElse(
              blank -> problems.add(node.place(), blank),
              () -> problems.wrong(node, NameShape.message(type, node)));
    }
    return Collections.unmodifiableMap(values);
  }

  private void pairs(Type type, Node.Scalar scalar, Slot slot, Map<String, Object> values) {
    for (Node item : items(scalar)) {
      String pair = ((Node.Scalar) item).text();
      int equals = pair.indexOf('=');
      if (equals < 1) {
        problems.add(scalar.place(), "must be name=value pairs, separated by commas");
        return;
      }
      Node.Scalar value =
          Node.Scalar.variable(scalar.place().key(), decoded(pair.substring(equals + 1).strip()));
      element(type, value, slot).ifPresent(v -> values.put(pair.substring(0, equals).strip(), v));
    }
  }

  /** Decodes percent-encoding, which OpenTelemetry uses; malformed text is left as it is. */
  private static String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return PercentEncoding.decode(value);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private Optional<Object> element(Type type, Node node, Slot slot) {
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return Optional.of(record(node, slot.path(), prototype(plain)));
    }
    if (node instanceof Node.Unset missing) {
      note(slot.path(), missing.of(plain == Secret.class, true));
      return Optional.empty();
    }
    return plain == JsonText.class
        ? Optional.of(NodeJson.of(node, missing -> note(slot.path(), missing)))
        : scalar(plain, node, slot);
  }

  private Record construct(Record like, Object[] values, @Nullable Node node, String path) {
    try {
      return (Record) Records.constructor(like.getClass()).newInstance(values);
    } catch (InvocationTargetException e) {
      refusals.report(like.getClass(), Records.reason(e), node, path);
      return like;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(like.getClass() + " cannot be created", e);
    }
  }

  /**
   * The defaults of a record in a list or a map.
   *
   * @throws IllegalStateException if the type has no {@code defaults()}
   */
  public static Record prototype(Class<?> type) {
    try {
      return (Record) type.getMethod("defaults").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no defaults()", e);
    }
  }
}
