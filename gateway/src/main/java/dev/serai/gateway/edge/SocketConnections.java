package dev.serai.gateway.edge;

import dev.serai.core.websocket.Frame;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of routes that run for each message, by path and key. Thread-safe. */
final class SocketConnections {
  private final Map<String, Map<String, MessageSocket>> byPath = new ConcurrentHashMap<>();

  void add(String path, String key, MessageSocket socket) {
    byPath.computeIfAbsent(path, _ -> new ConcurrentHashMap<>()).put(key, socket);
  }

  void remove(String path, String key) {
    Map<String, MessageSocket> open = byPath.get(path);
    if (open != null) {
      open.remove(key);
    }
  }

  Optional<MessageSocket> find(String path, String key) {
    return Optional.ofNullable(byPath.getOrDefault(path, Map.of()).get(key));
  }

  void sendToAll(String path, Frame message) {
    byPath.getOrDefault(path, Map.of()).values().forEach(socket -> socket.push(message));
  }
}
