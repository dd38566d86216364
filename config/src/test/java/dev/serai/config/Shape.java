package dev.serai.config;

import dev.serai.config.annotation.Derived;
import dev.serai.config.annotation.JsonText;
import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.config.annotation.ShortForm;
import dev.serai.config.read.Binder;
import dev.serai.config.read.Names;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One component of a settings record, as documents see it. */
record Shape(RecordComponent component, Object fallback) {

  /** What can be written of a record, with its defaults. */
  static List<Shape> of(Record defaults) {
    List<Shape> shapes = new ArrayList<>();
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      if (!component.isAnnotationPresent(Derived.class)) {
        try {
          shapes.add(new Shape(component, component.getAccessor().invoke(defaults)));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return shapes;
  }

  String key() {
    return Names.written(component.getName());
  }

  boolean required() {
    return component.isAnnotationPresent(Required.class);
  }

  boolean shortForm() {
    return component.isAnnotationPresent(ShortForm.class);
  }

  Optional<Range> range() {
    return Optional.ofNullable(component.getAnnotation(Range.class));
  }

  boolean isMap() {
    return component.getType() == Map.class;
  }

  boolean isList() {
    return Collection.class.isAssignableFrom(component.getType());
  }

  /** The type of one value: of an element for lists, maps and what may be left out. */
  Class<?> type() {
    if (component.getGenericType() instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return (Class<?>) arguments[arguments.length - 1];
    }
    return component.getType();
  }

  /** The defaults of the record inside, if there is one. */
  Optional<Record> inner() {
    if (!type().isRecord()) {
      return Optional.empty();
    }
    return Optional.of(fallback instanceof Record record ? record : Binder.prototype(type()));
  }

  String typeInWords() {
    String one = inWords(type());
    if (isMap()) {
      return "names, each with a " + one;
    }
    return isList() ? "list: " + one : one;
  }

  private String inWords(Class<?> of) {
    if (of == int.class || of == Integer.class) {
      return range().map(r -> r.min() + " to " + r.max()).orElse("whole number");
    }
    if (of == Double.class) {
      return range().map(r -> r.min() + " to " + r.max()).orElse("number");
    }
    if (of == BigDecimal.class && range().isPresent()) {
      return "USD, " + range().map(r -> r.min() + " to " + r.max()).orElseThrow();
    }
    if (of == boolean.class || of == Boolean.class) {
      return "true, false";
    }
    if (of.isEnum()) {
      return String.join(", ", labels());
    }
    Map<Class<?>, String> words =
        Map.of(
            String.class, "text",
            Secret.class, "secret",
            JsonText.class, "value of any kind",
            Duration.class, "duration",
            URI.class, "address",
            Path.class, "path",
            double.class, "0 to 1",
            BigDecimal.class, "USD per million tokens");
    return words.get(of);
  }

  List<String> labels() {
    return Arrays.stream(type().getEnumConstants())
        .map(constant -> Names.written((Enum<?>) constant))
        .toList();
  }

  /** How the default is written; empty if there is none. */
  String fallbackInWords() {
    return switch (fallback) {
      case Duration time -> inWords(time);
      case Enum<?> constant -> Names.written(constant);
      case Optional<?> optional -> "";
      case Collection<?> collection -> "";
      case Map<?, ?> map -> "";
      default -> required() ? "" : fallback.toString();
    };
  }

  private static String inWords(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds >= 120 ? seconds / 60 + "m" : seconds + "s";
  }
}
