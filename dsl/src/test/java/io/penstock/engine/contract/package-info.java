/**
 * What every engine owes whoever runs tasks on it, as tests.
 *
 * <p>An engine passes by a test class that extends {@link
 * io.penstock.engine.contract.EngineContract}. The suite asks for what can be seen through {@link
 * io.penstock.engine.Engine} and {@link io.penstock.engine.Lake}, and for no value of a row: an
 * engine that computes nothing can pass. {@link io.penstock.engine.Engine#view} is left out for the
 * same reason.
 */
package io.penstock.engine.contract;
