package dev.serai.core.memory;

import java.util.Optional;

/**
 * Which objects to list, in the order of their paths by code point.
 *
 * @param namespace the objects in it, and in namespaces that begin with its segments
 * @param prefix what the path after the namespace begins with; may be empty
 * @param after the path after which the list begins; empty: at the beginning
 * @param limit at most this many
 */
public record MemoryQuery(String namespace, String prefix, Optional<String> after, int limit) {
  /** What the path of each object begins with. */
  public String pathPrefix() {
    return namespace + '/' + prefix;
  }
}
