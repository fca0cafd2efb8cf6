import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FeatureSet } from "@/api/types";
import { getSets } from "@/features/sets/api/get-sets";
import { besides, parseSets, type SetInFile } from "@/features/sets/model/file";
import { json, send } from "@/lib/http";

function keep(set: SetInFile): Promise<FeatureSet> {
  return json(send("POST", "/api/sets", set));
}

function pathOf(id: string): string {
  return `/api/sets/${encodeURIComponent(id)}`;
}

/** Something done to the sets, after which they are looked at again. */
function useChange<Given, Result>(act: (given: Given) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ["sets"] }) });
}

export function useKeepSet() {
  return useChange(keep);
}

export function useRenameSet() {
  return useChange(({ id, name }: { id: string; name: string }) => send("PATCH", pathOf(id), { name }));
}

export function useDeleteSet() {
  return useChange((id: string) => send("DELETE", pathOf(id)));
}

/** Takes the sets of files in; those that are there already are only counted. */
export function useImportSets() {
  return useChange(async (files: readonly File[]) => {
    const found = (await Promise.all(files.map((file) => file.text()))).flatMap(parseSets);
    const sets: SetInFile[] = await getSets();
    let had = 0;
    for (const set of found) {
      const wanted = besides(set, sets);
      if (wanted) sets.push(await keep(wanted));
      else had += 1;
    }
    return { added: found.length - had, had };
  });
}
