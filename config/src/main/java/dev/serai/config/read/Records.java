package dev.serai.config.read;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** What {@link Binder} does with records by reflection. Stateless. */
final class Records {
  private Records() {}

  /** What the constructor of a record says about its values. */
  static String reason(InvocationTargetException e) {
    Throwable cause = e.getCause();
    return cause == null ? "is not allowed" : String.valueOf(cause.getMessage());
  }

  static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    return type.getDeclaredConstructor(types);
  }

  static Object component(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
