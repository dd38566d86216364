package dev.serai.e2e;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Recorded replies of providers, translated and checked against the types of client libraries: all
 * required members are there, and every stream can be assembled.
 */
class ClientTypesTest {
  private static final List<String> SURFACES =
      List.of("openai", "responses", "anthropic", "gemini", "ollama");

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> repliesFitTheClientsOwnTypes() throws Exception {
    return Scripts.tests(Scripts.pythonAlone("shapes.py"), SURFACES, 3);
  }
}
