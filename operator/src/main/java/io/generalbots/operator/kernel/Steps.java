package io.generalbots.operator.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the driver of a step. */
final class Steps {

  private final Map<Class<?>, StepDriver<?>> drivers;

  Steps(List<StepDriver<?>> drivers) {
    this.drivers =
        drivers.stream().collect(Collectors.toMap(StepDriver::type, Function.identity()));
  }

  void perform(Step step, String namespace) {
    var driver = drivers.get(step.getClass());
    if (driver == null) {
      throw new IllegalStateException("no driver does " + step.getClass().getSimpleName());
    }
    perform(driver, step, namespace);
  }

  private static <S extends Step> void perform(StepDriver<S> driver, Step step, String namespace) {
    driver.perform(driver.type().cast(step), namespace);
  }
}
