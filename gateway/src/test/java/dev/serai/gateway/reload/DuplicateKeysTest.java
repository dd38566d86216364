package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.check.OwnAddress;
import dev.serai.core.provider.Providers;
import dev.serai.gateway.direct.InlineDirectComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route file with a duplicate key is refused, and the message names the key. */
class DuplicateKeysTest {
  private static final String TWO_LEVELS =
      """
      - route:
          id: a
          from:
            uri: direct:a
            steps:
              - to:
                  uri: log:x
                  parameters:
                    level: INFO
                    level: WARN
      """;
  private static final String TWO_LISTS_OF_STEPS =
      """
      - route:
          id: a
          from:
            uri: direct:a
            steps:
              - to:
                  uri: log:x
            steps:
              - to:
                  uri: log:y
      """;
  private static final String ONE_OF_EACH =
      """
      - route:
          id: a
          description: the key id stands in another mapping too
          from:
            uri: direct:a
            steps:
              - to: {uri: log:x, parameters: {level: INFO, name: level}}
              - to: {uri: log:y, parameters: {level: INFO, name: level}}
      ---
      - route:
          id: b
          from:
            uri: direct:b
            steps:
              - to:
                  uri: log:x
      """;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final RouteFolders folders =
      new RouteFolders(
          List.of(Path.of("none")),
          context,
          new InlineDirectComponent(),
          new Providers(),
          new RouteChecks(
              Path.of("none"), _ -> Optional.empty(), new OwnAddress("127.0.0.1", 8123)));

  @BeforeEach
  void start() {
    context.disableJMX();
    context.start();
  }

  @AfterEach
  void stop() {
    folders.close();
    context.stop();
  }

  @Test
  void aDuplicateKeyRefusesTheFileWithItsLine() {
    assertRefused(
        TWO_LEVELS, "a.camel.yaml:10: duplicate key level, first in line 9, again in line 10");
    assertRefused(
        TWO_LISTS_OF_STEPS,
        "a.camel.yaml:8: duplicate key steps, first in line 5, again in line 8");
  }

  @Test
  void theSameKeyInAnotherMappingIsAllowed() {
    DuplicateKeys.refuse(ONE_OF_EACH);
  }

  /** The reason for the check: Camel's own loader uses the last value, or both. */
  @Test
  void camelsOwnLoaderSilentlyUsesBoth() throws Exception {
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.fromString("a.camel.yaml", TWO_LEVELS),
            ResourceHelper.fromString("b.camel.yaml", TWO_LISTS_OF_STEPS.replace("a\n", "b\n")));
    assertThat(context.getRouteDefinition("a").toString()).contains("[to[log:x?level=WARN]]");
    assertThat(context.getRouteDefinition("b").toString()).contains("[to[log:x], to[log:y]]");
  }

  private void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> folders.load("a.camel.yaml", "a.camel.yaml", yaml))
        .isInstanceOf(RefusedRoutesException.class)
        .hasMessage(message);
    assertThat(context.getRoutes()).isEmpty();
  }
}
