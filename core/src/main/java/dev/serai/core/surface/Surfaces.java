package dev.serai.core.surface;

import java.util.List;

/** Every surface that is offered, and whose a path is. Immutable. */
public final class Surfaces {
  private final Surface defaultSurface;
  private final List<Surface> others;

  /**
   * @param usual for paths that no other surface owns
   * @param others asked in order
   */
  public Surfaces(Surface usual, List<Surface> others) {
    this.defaultSurface = usual;
    this.others = List.copyOf(others);
  }

  /** The surface in whose shape a request for this path is answered. */
  public Surface forPath(String path) {
    for (Surface surface : others) {
      if (surface.owns(path)) {
        return surface;
      }
    }
    return defaultSurface;
  }
}
