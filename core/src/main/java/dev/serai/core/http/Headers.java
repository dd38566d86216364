package dev.serai.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * HTTP header fields as they came over a wire (RFC 9110, section 5). Names are looked up without
 * regard to case. Never filled from a query, a form or anything else that is not a header. Safe to
 * read by several threads as long as none of them adds fields.
 */
public interface Headers {
  /** No headers at all. */
  Headers NONE =
      new Headers() {
        @Override
        public Optional<String> first(String name) {
          return Optional.empty();
        }

        @Override
        public void forEach(BiConsumer<String, String> visitor) {}
      };

  /** The first value of that name. */
  Optional<String> first(String name);

  /** The fields whose names match, in the order received. */
  default void forEachNamed(Predicate<CharSequence> names, BiConsumer<String, String> visitor) {
    forEach(
        (name, value) -> {
          if (names.test(name)) {
            visitor.accept(name, value);
          }
        });
  }

  /**
   * The members of a list of tokens, which may be split over several fields (RFC 9110, section
   * 5.3), in the order received.
   */
  default List<String> list(String name) {
    List<String> members = new ArrayList<>();
    forEachNamed(
        each -> each.length() == name.length() && name.equalsIgnoreCase(each.toString()),
        (field, value) -> {
          for (String member : value.split(",")) {
            if (!member.isBlank()) {
              members.add(member.strip());
            }
          }
        });
    return members;
  }

  /** Every field in the order received. */
  void forEach(BiConsumer<String, String> visitor);
}
