package dev.serai.core.provider.credential;

import java.io.IOException;
import java.util.List;

/**
 * Where the master keys come from: the settings, which may refer to a secret manager, or a file.
 * They are asked for when credentials are read or changed, never during a call. Thread-safe.
 */
@FunctionalInterface
public interface MasterKeys {
  /**
   * All master keys. The first one encrypts; the others only decrypt what was encrypted before.
   *
   * @param create whether to make one if there is none and this source can
   * @return empty if there is none
   * @throws IOException if they cannot be read now
   */
  List<MasterKey> read(boolean create) throws IOException;
}
