/** Whether a Docker engine answers. What asks it is loaded only now. */
export async function isEngineThere(): Promise<boolean> {
  const { engine } = await import('../host/docker/engine.ts');
  return await engine().then(
    () => true,
    () => false,
  );
}
