package dev.serai.adapters.dialects.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.dialect.Dialect;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PublisherDialectTest {
  /** What does not depend on the publisher. The dialect was chosen before. */
  private static final Set<String> OF_VERTEX =
      Set.of("baseUrl", "modelName", "choose", "relay", "embeddings", "modelsUrl", "modelQuery");

  @Test
  void everythingElseIsThatOfThePublishersDialect() {
    assertThat(signatures(PublisherDialect.class))
        .containsAll(
            signatures(Dialect.class).stream()
                .filter(each -> !OF_VERTEX.contains(each.substring(0, each.indexOf('['))))
                .toList());
  }

  private static Set<String> signatures(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(PublisherDialectTest::signature)
        .collect(Collectors.toSet());
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }
}
