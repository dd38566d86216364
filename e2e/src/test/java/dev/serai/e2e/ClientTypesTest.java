package dev.serai.e2e;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What providers' recorded answers are told as, held against the types of the clients' own: all
 * that these demand is there, and every stream can be put together again.
 */
class ClientTypesTest {
  private static final List<String> SURFACES =
      List.of("openai", "responses", "anthropic", "gemini", "ollama");

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> whatIsToldFitsTheClientsOwnTypes() throws Exception {
    return Scripts.tests(Scripts.pythonAlone("shapes.py"), SURFACES, 3);
  }
}
