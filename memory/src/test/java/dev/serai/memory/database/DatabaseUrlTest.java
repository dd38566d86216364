package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static final Path FOLDER = Path.of("/state");

  @Test
  void everyFormIsUnderstood() {
    assertThat(of("sqlite").jdbc()).isEqualTo("jdbc:sqlite:/state/serai.db");
    assertThat(of("sqlite:other.db").file()).isEqualTo(Path.of("/state/other.db"));
    assertThat(of("sqlite:///var/x.db").file()).isEqualTo(Path.of("/var/x.db"));
    assertThat(of("jdbc:sqlite:/var/x.db?cache=shared").file()).isEqualTo(Path.of("/var/x.db"));

    DatabaseUrl url = of("postgres://u%40x:p%23%2F%25@db.example:5433/serai?sslmode=require");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example:5433/serai?sslmode=require");
    assertThat(url.user()).isEqualTo("u@x");
    assertThat(url.password()).isEqualTo("p#/%");
    assertThat(url).hasToString("jdbc:postgresql://db.example:5433/serai");
    assertThat(of("postgresql://[::1]:5432/x").jdbc()).isEqualTo("jdbc:postgresql://[::1]:5432/x");
    assertThat(of("postgres://a:1,b:2/x").jdbc()).isEqualTo("jdbc:postgresql://a:1,b:2/x");
    assertThat(of("postgres://u:p@h").jdbc()).isEqualTo("jdbc:postgresql://h/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://serai:hush#er@db/serai",
        "postgres://serai:hush er@db/serai",
        "postgres://serai:hush/er@db/serai",
        "postgres://serai:hush?er@db/serai",
        "postgres://serai:hush%er@db/serai",
        "postgres://serai:hush\ner@db/serai",
        "postgres://serai:hush@db:port/serai",
        "postgres://serai:hush\\er@d b/serai",
        "postgres://serai:hush",
        "mysql://serai:hush@db/serai",
        "jdbc:postgresql://serai:hush[er@[db/serai"
      })
  void thePasswordOfAMalformedAddressIsNotShown(String address) {
    Throwable refused = catchThrowable(() -> of(address));

    assertThat(refused).isInstanceOf(IllegalArgumentException.class);
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("hush");
  }

  @Test
  void theMessageSaysWhatToDo() {
    assertThatThrownBy(() -> of("postgres://serai:hush#er@db/serai"))
        .hasMessageContaining("'#' as %23");
  }

  private static DatabaseUrl of(String text) {
    return DatabaseUrl.of(text, FOLDER);
  }
}
