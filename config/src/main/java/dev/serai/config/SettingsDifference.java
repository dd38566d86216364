package dev.serai.config;

import dev.serai.config.annotation.Derived;
import dev.serai.config.read.Names;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the settings that differ between two records of settings. Pure; it shows no value. */
final class SettingsDifference {
  private SettingsDifference() {}

  /**
   * The paths of the settings that differ, in the order of the records; a list is one setting.
   *
   * @param path of both
   */
  static List<String> paths(String path, Object here, Object there) {
    List<String> paths = new ArrayList<>();
    collect(path, here, there, paths);
    return paths;
  }

  private static void collect(String path, Object here, Object there, List<String> into) {
    if (here.equals(there)) {
      return;
    }
    if (here instanceof Map<?, ?> ours && there instanceof Map<?, ?> theirs) {
      entries(path, ours, theirs, into);
    } else if (here instanceof Record && here.getClass() == there.getClass()) {
      int before = into.size();
      components(path, here, there, into);
      if (into.size() == before) {
        into.add(path); // what differs is not a setting of its own
      }
    } else {
      into.add(path);
    }
  }

  private static void entries(String path, Map<?, ?> here, Map<?, ?> there, List<String> into) {
    Set<Object> names = new LinkedHashSet<>(here.keySet());
    names.addAll(there.keySet());
    for (Object name : names) {
      Object ours = here.get(name);
      Object theirs = there.get(name);
      if (ours != null && theirs != null) {
        collect(path + "." + name, ours, theirs, into);
      } else {
        into.add(path + "." + name);
      }
    }
  }

  private static void components(String path, Object here, Object there, List<String> into) {
    for (RecordComponent component : here.getClass().getRecordComponents()) {
      if (!component.isAnnotationPresent(Derived.class)) {
        String name = Names.written(component.getName());
        collect(path + "." + name, value(component, here), value(component, there), into);
      }
    }
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
