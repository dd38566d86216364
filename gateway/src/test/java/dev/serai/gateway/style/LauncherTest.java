package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code ./serai run} tells the JVM to refuse. */
class LauncherTest {
  private static final Pattern FILTER = Pattern.compile("'-Djdk\\.serialFilter=([^']+)'");

  @Test
  void noJavaObjectIsEverRead() throws IOException {
    Matcher told = FILTER.matcher(House.read(House.ROOT.resolve("serai")));
    assertThat(told.find()).as("the launcher sets jdk.serialFilter").isTrue();
    ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(told.group(1));
    for (Object object : new Object[] {new ArrayList<>(List.of("a")), new String[] {"a"}, 7}) {
      assertThatThrownBy(() -> read(written(object), filter))
          .isInstanceOf(InvalidClassException.class)
          .hasMessageContaining("REJECTED");
    }
  }

  /** Why there is a filter. */
  @Test
  void theJvmAsItComesReadsAnyObject() throws Exception {
    assertThat(ObjectInputFilter.Config.getSerialFilter()).isNull();
    assertThat(
            read(
                written(new ArrayList<>(List.of("a"))), info -> ObjectInputFilter.Status.UNDECIDED))
        .isEqualTo(List.of("a"));
  }

  private static byte[] written(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes, ObjectInputFilter filter)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(filter);
      return in.readObject();
    }
  }
}
