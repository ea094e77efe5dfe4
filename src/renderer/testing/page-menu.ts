/** Chooses an action from the menu of the status strip, and confirms it. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";

/** Opens the menu. */
export function openPageMenu(): void {
  fireEvent.click(screen.getByRole("button", { name: "More actions" }));
}

/** Chooses the entry whose text matches, and returns its confirmation. */
export async function chooseInMenu(entry: string | RegExp) {
  openPageMenu();
  fireEvent.click(await screen.findByRole("menuitem", { name: entry }));
  return within(await screen.findByRole("alertdialog"));
}

/** Routes all ready providers. */
export async function routeAll(): Promise<void> {
  const question = await chooseInMenu(/^Route \d+ more/);
  fireEvent.click(question.getByRole("button", { name: /^Route/ }));
  await waitFor(() => {
    if (screen.queryByRole("alertdialog") !== null) throw new Error("The question is still open.");
  });
}
