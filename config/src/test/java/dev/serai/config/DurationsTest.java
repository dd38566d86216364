package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.config.models.ModelEntry;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations of settings: how they are written, and that none is used that makes no sense. */
class DurationsTest {
  /** Their durations are checked with the rest of {@code auth}. */
  private static final Set<Class<?>> OF_AUTH = Set.of(IssuerSettings.class, LoginSettings.class);

  private static final Duration NEGATIVE = Duration.ofMinutes(-1);

  @TempDir Path path;
  private Folder folder;
  private final Set<Class<?>> seen = new HashSet<>();
  private final List<String> accepted = new ArrayList<>();
  private int durations;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void everyDurationOfTheSettingsSaysWhichRangeItHasIfItIsNegative() {
    look(Settings.defaults());
    look(ModelEntry.defaults());

    assertThat(accepted).isEmpty();
    assertThat(durations).isGreaterThan(25);
  }

  private void look(Record defaults) {
    if (!seen.add(defaults.getClass())) {
      return;
    }
    for (Shape shape : Shape.of(defaults)) {
      shape.inner().ifPresent(this::look);
      if (shape.type() == Duration.class && !OF_AUTH.contains(defaults.getClass())) {
        durations++;
        refuse(defaults, shape.component());
      }
    }
  }

  private void refuse(Record defaults, RecordComponent component) {
    String name = component.getName();
    String message = messageOf(defaults, component);
    if (!message.lines().anyMatch(line -> line.startsWith(name + " must be "))) {
      accepted.add(defaults.getClass().getSimpleName() + "." + name + ": " + message);
    }
  }

  /** What the record says about the negative duration; empty if it takes it. */
  private static String messageOf(Record defaults, RecordComponent negative) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = components[i].getAccessor().invoke(defaults);
        if (components[i].getName().equals(negative.getName())) {
          values[i] = types[i] == Optional.class ? Optional.of(NEGATIVE) : NEGATIVE;
        }
      }
      Constructor<?> constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.newInstance(values);
      return "";
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause().getMessage());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "30,30000", "10m,600000", "1h,3600000", "1d,86400000"})
  void aDurationHasOneOfFiveUnits(String written, long millis) {
    folder.yaml("server: {keep_alive: " + written + "}");
    assertThat(folder.settings(Map.of()).server().keepAlive()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1m      | cache_affinity must be from 0s to 24h
          25h      | cache_affinity must be from 0s to 24h
          2d       | cache_affinity must be from 0s to 24h
          1w       | must be a duration such as 500ms, 30s, 10m, 1h or 2d (a bare number is seconds) (did you mean 7d?)
          1.5h     | must be a duration such as 500ms, 30s, 10m, 1h or 2d (a bare number is seconds) (did you mean 90m?)
          -        | must be a duration such as 500ms, 30s, 10m, 1h or 2d (a bare number is seconds)
          9999999d | must be at most 3660d
          """)
  void aDurationThatCannotBeUsedIsShownWithWhatIsAllowed(String written, String allowed) {
    folder.yaml("routing:\n  cache_affinity: '" + written + "'\n");
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: routing.cache_affinity: \""
                + written
                + "\" was read; "
                + allowed);
  }

  @Test
  void allMistakesOfARecordAreReported() {
    folder.yaml(
        """
        server:
          header_deadline: 0s
          idle_time: -5s
          keep_alive: -1s
        upstream:
          deadlines: {connect: -1s, total: 0s}
          pool: {idle_time: 0s, max_waiting: -1}
          breaker: {open_time: -1s, failure_rate_percent: 0}
        """);
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            at(2, "server.header_deadline", "0s", "header_deadline must be above 0s"),
            at(3, "server.idle_time", "-5s", "idle_time must be above 0s"),
            at(4, "server.keep_alive", "-1s", "keep_alive must be 0s or more"),
            at(6, "upstream.deadlines.connect", "-1s", "connect must be above 0s"),
            at(6, "upstream.deadlines.total", "0s", "total must be above 0s"),
            at(7, "upstream.pool.max_waiting", "-1", "max_waiting must be 0 or more"),
            at(7, "upstream.pool.idle_time", "0s", "idle_time must be above 0s"),
            at(
                8,
                "upstream.breaker.failure_rate_percent",
                "0",
                "failure_rate_percent must be from 1 to 100"),
            at(8, "upstream.breaker.open_time", "-1s", "open_time must be above 0s"));
  }

  private static String at(int line, String setting, String written, String allowed) {
    return "config/serai.yaml:"
        + line
        + ": "
        + setting
        + ": \""
        + written
        + "\" was read; "
        + allowed;
  }
}
