package io.penstock.jobs.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Turns TERM, INT and HUP into a request to stop.
 *
 * <p>A shutdown hook can't do this: all hooks run at the same time, so Spark would stop its context
 * and Hadoop close its file systems under the commits that have still to finish, while the main
 * thread goes on and could begin to publish. A handler replaces the JVM's own reaction: no hook
 * runs until the program ends by itself.
 *
 * <p>The handler's class, {@code sun.misc.Signal}, is part of the supported module {@code
 * jdk.unsupported}; it is called by reflection because the compiler's warning about its package
 * can't be silenced in one place.
 */
public final class Signals {
  private static final Map<String, StopReason> REASONS =
      Map.of(
          "TERM", StopReason.TERMINATED,
          "INT", StopReason.INTERRUPTED,
          "HUP", StopReason.HUNG_UP);

  private Signals() {}

  /**
   * From now on they request the stop. A signal that the process was started to ignore, as {@code
   * nohup} does with HUP, stays ignored.
   */
  public static void stopOn(Stop stop) {
    REASONS.forEach((signal, reason) -> handle(signal, () -> stop.request(reason)));
  }

  private static void handle(String name, Runnable reaction) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  reaction.run();
                  return null;
                }
                return method.getName().equals("equals")
                    ? (Object) (self == arguments[0])
                    : method.getName().equals("hashCode") ? name.hashCode() : name;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException e) {
      throw RunErrors.noSignals(name, e);
    }
  }
}
