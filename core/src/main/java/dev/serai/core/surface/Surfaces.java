package dev.serai.core.surface;

import dev.serai.core.http.Headers;
import java.util.List;

/** All surfaces, found by path. Immutable. */
public final class Surfaces {
  private final Surface defaultSurface;
  private final List<Surface> others;

  /**
   * @param usual for paths that no other surface owns
   * @param others tried in order
   */
  public Surfaces(Surface usual, List<Surface> others) {
    this.defaultSurface = usual;
    this.others = List.copyOf(others);
  }

  /** The surface of a path. */
  public Surface forPath(String path) {
    return forRequest(path, Headers.NONE);
  }

  /** The surface of a request; its headers decide about a path that several share. */
  public Surface forRequest(String path, Headers headers) {
    for (Surface surface : others) {
      if (surface.owns(path, headers)) {
        return surface;
      }
    }
    return defaultSurface;
  }
}
